package dev.countersign.ciba.http;

import okhttp3.Request;

/** A request that is ready to be sent, once. */
record ProviderRequest(Request http, Secrets secrets) {}

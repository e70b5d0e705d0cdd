package dev.countersign.ciba;

import okhttp3.Request;

/** A request that is ready to be sent, once. */
record ProviderRequest(Request http, Secrets secrets) {}

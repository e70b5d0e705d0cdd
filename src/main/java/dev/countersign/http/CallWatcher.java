package dev.countersign.http;

import okhttp3.Interceptor;

/** Hears of each call of the provider and of a shop, before it is made and when it is answered. */
public interface CallWatcher extends Interceptor {}

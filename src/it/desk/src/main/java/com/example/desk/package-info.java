/**
 * A stranger's help desk, which uses Spring AI: it knows the library's jar and nothing of
 * Countersign's application.
 */
package com.example.desk;

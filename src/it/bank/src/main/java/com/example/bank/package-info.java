/**
 * A stranger's Spring Boot application: it knows the library's jar and nothing of Countersign's
 * application.
 */
package com.example.bank;

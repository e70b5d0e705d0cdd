/**
 * Makes the cache of classes and profiles by which the image's Java starts fast. Neither the
 * library nor the application has any of it: the image's build runs {@link
 * dev.countersign.training.Training}.
 */
package dev.countersign.training;

/**
 * What a request must be like, before anybody knows whose it is: how long, how soon, how well
 * formed, how often. Start at {@link dev.countersign.app.edge.EdgeConfiguration}. Lengths,
 * deadlines and form are held in Tomcat, below all filters and on every port; how often somebody
 * may call, in a filter and an interceptor.
 */
@NullMarked
package dev.countersign.app.edge;

import org.jspecify.annotations.NullMarked;

/**
 * Measurements. Each class answers the question that its name asks and prints a table:
 *
 * <pre>mvn -q -DskipTests package
 * mvn -q -Pbench test-compile exec:java -Dbench=HowManyCallsDoesABurstUse</pre>
 *
 * <p>What is compared runs side by side in one run; absolute figures mean little without the machine they are from.
 */
package dev.crmsync.bench;

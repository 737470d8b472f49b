/** Salesforce's REST API over the org, free of HTTP: requests and answers are values, so that composite can nest them. */
package dev.crmsync.sandbox.rest;

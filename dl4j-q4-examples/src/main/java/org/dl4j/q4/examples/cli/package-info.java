/** What the options of all commands have in common. Depends on nothing. */
package org.dl4j.q4.examples.cli;

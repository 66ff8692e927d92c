/** What the options and tables of all commands have in common. Depends on picocli alone. */
package org.dl4j.q4.examples.cli;

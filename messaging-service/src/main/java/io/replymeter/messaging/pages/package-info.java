/** What a browser gets: the badge for any marketplace's pages, and a small web application where it is turned on. */
@NullMarked
package io.replymeter.messaging.pages;

import org.jspecify.annotations.NullMarked;

"""Published maps on other sites' pages: a page to be framed, and oEmbed, by which those sites find it."""

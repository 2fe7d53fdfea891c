"""One file a slash command: a thin Discord shell over a function from App and options to Reply."""

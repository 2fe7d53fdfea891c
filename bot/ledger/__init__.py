"""Pure decisions about entries: is this the same matter, and where does it stand. Each same-as gives its reason."""

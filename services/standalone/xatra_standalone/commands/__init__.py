"""The commands of `xatra-web`, a module each; `__main__` puts them together."""

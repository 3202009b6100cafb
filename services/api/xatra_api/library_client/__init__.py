"""What the `xatra` library's own `xatrahub()` asks for, when people run their maps on their own computers."""

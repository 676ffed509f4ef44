"""The command line, one small file per family of commands; app/__main__.py puts them together and tells errors."""

"""The version of this tool, where every module may ask for it."""

VERSION = "0.1.0"

"""Readers and writers of files: tables, the official export, and JSON."""

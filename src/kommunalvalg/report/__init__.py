"""The same result as text, Markdown, HTML, JSON and CSV, in Danish and in English."""

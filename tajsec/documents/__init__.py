"""Documents that people have (text, HTML, PDF, DOCX) into passages, and into sealed source records."""

"""What `boconsole doctor` looks at; nothing is made, upgraded or mended."""

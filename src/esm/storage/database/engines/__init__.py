"""What an engine does in its own way, behind one class: everything above writes one SQL for all."""

"""Every operation, declared once: kernel, inference, gradient rule and public function side by side."""

"""Why a moment counted or did not."""

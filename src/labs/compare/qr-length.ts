/** Longer texts fit no QR code, or none that a telephone reads. */
export const mostQrLength = 2300;

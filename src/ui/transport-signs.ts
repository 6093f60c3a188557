/** The signs on the buttons that run and pause. */
import { html } from 'lit';

export const runSign = html`<svg width="11" height="12" viewBox="0 0 11 12" aria-hidden="true">
  <path d="M1 1v10l9-5z" fill="currentColor" />
</svg>`;

export const pauseSign = html`<svg width="11" height="12" viewBox="0 0 11 12" aria-hidden="true">
  <path d="M1.5 1h3v10h-3zM6.5 1h3v10h-3z" fill="currentColor" />
</svg>`;

/** The labs that work, in the order of the navigation. Adding one is adding a line; each is fetched when it is wanted. */
import { msg } from '@lit/localize';
import type { Lab } from '../ui/lab.ts';

export const labs: readonly Lab[] = [
  { id: 'train', key: '1', title: () => msg('Train'), load: () => import('./train/index.ts') },
  { id: 'scale', key: '2', title: () => msg('Scale'), load: () => import('./scale/index.ts') },
  { id: 'activations', key: '3', title: () => msg('Activations'), load: () => import('./activations/index.ts') },
  { id: 'loss', key: '4', title: () => msg('Loss'), load: () => import('./loss/index.ts') },
  { id: 'graph', key: '5', title: () => msg('Graph'), load: () => import('./graph/index.ts') },
  { id: 'kernels', key: '6', title: () => msg('Kernels'), load: () => import('./kernels/index.ts') },
  { id: 'compare', key: '7', title: () => msg('Compare'), load: () => import('./compare/index.ts') },
];

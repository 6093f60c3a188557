/** Takes drops in a lab that needs nothing else of the desk: it is fetched beside the lab, not before it. */
export function layDeskBeside(): void {
  void import('./desk.ts').then(({ layDesk }) => layDesk());
}

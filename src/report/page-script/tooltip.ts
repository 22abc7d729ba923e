/** A box that follows the pointer; text only, so that names with markup stay names. */
export function showTooltip(_handler: unknown, event: MouseEvent, _item: unknown, value: unknown): void {
  const box = document.getElementById('tooltip');
  if (box === null) return;
  if (value === null || value === undefined || value === '') {
    box.hidden = true;
    return;
  }
  box.replaceChildren(...(typeof value === 'object' ? Object.entries(value as Record<string, unknown>) : [['', value] as const]).map(([name, text]) => line(name, String(text))));
  box.hidden = false;
  const { innerWidth, innerHeight } = window;
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - width - 4))}px`;
  box.style.top = `${Math.max(4, event.clientY + 18 + height > innerHeight ? event.clientY - height - 10 : event.clientY + 18)}px`;
}

function line(name: string, text: string): HTMLElement {
  const row = document.createElement('div');
  if (name !== '') {
    const term = document.createElement('span');
    term.textContent = `${name} `;
    row.append(term);
  }
  const value = document.createElement('b');
  value.textContent = text;
  row.append(value);
  return row;
}

// Small charts as SVG. A table beside each says the same to whoever does not see it.

const namespace = "http://www.w3.org/2000/svg";
const [width, rowHeight, labelWidth, numberWidth] = [704, 28, 250, 60];

/** @param {string} name @param {Record<string, string | number>} attributes @param {...(Node | string)} children */
function s(name, attributes, ...children) {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/**
 * A bar for each row, the longest as wide as there is room.
 * @param {string} title @param {{ label: string, count: number, kind?: string }[]} rows
 */
export function barChart(title, rows) {
  const most = Math.max(1, ...rows.map((row) => row.count));
  const room = width - labelWidth - numberWidth;
  return s("svg", { class: "chart", viewBox: `0 0 ${width} ${rows.length * rowHeight}`, role: "img", "aria-label": title },
    ...rows.flatMap(({ label, count, kind = "" }, index) => {
      const [y, length] = [index * rowHeight, Math.max(count > 0 ? 2 : 0, (count / most) * room)];
      return [
        s("text", { x: 0, y: y + 18 }, label.length > 36 ? `${label.slice(0, 35)}…` : label),
        s("rect", { class: `bar ${kind}`, x: labelWidth, y: y + 5, width: length, height: rowHeight - 10, rx: 3 }),
        s("text", { class: "number", x: labelWidth + length + 8, y: y + 18 }, count.toLocaleString("en-GB")),
      ];
    }));
}

/** Roll files (docs/wire-format.md): all levels of a LeanIMT, read here to find one's own place without telling anyone. */
import { poseidon2 } from "poseidon-lite/poseidon2";
import { bigIntToBytes, bytesToBigInt, FIELD_ORDER, insist } from "./format";

const NODE = 32;
const HEADER = 16;
const MAGIC = "CURBROLL";
const MAX_LEAVES = 2 ** 20;

export interface Place {
  readonly index: number;
  /** What the circuit calls the index: one bit for each sibling, the lowest level first. */
  readonly pathIndex: number;
  readonly siblings: readonly bigint[];
}

/** The number of nodes on each level, the leaves first. */
export function levelSizes(leaves: number): number[] {
  const sizes = [leaves];
  for (let size = leaves; size > 1; ) {
    size = Math.ceil(size / 2);
    sizes.push(size);
  }
  return sizes;
}

function compare(left: Uint8Array, right: Uint8Array): number {
  for (let i = 0; i < NODE; i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export class RollFile {
  private constructor(
    private readonly nodes: Uint8Array,
    private readonly sizes: readonly number[],
  ) {
    this.insistLeavesAscend();
  }

  /** @throws FormatError for bytes that are not exactly a roll file. */
  static decode(bytes: Uint8Array): RollFile {
    insist(bytes.length >= HEADER, "short header");
    const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER);
    insist(String.fromCharCode(...bytes.subarray(0, 8)) === MAGIC && header.getUint8(8) === 1 && header.getUint16(10) === 0, "header");
    const leaves = header.getUint32(12);
    insist(leaves >= 1 && leaves <= MAX_LEAVES, "number of leaves");
    const sizes = levelSizes(leaves);
    insist(header.getUint8(9) === sizes.length, "number of levels");
    insist(bytes.length === HEADER + NODE * sizes.reduce((sum, size) => sum + size, 0), "length");
    return new RollFile(bytes.subarray(HEADER), sizes);
  }

  get size(): number {
    return this.sizes[0] ?? 0;
  }

  get root(): bigint {
    return bytesToBigInt(this.node(this.sizes.length - 1, 0));
  }

  /** Where the commitment stands, with a path that was hashed up to the root; null where it is not on this roll. */
  find(commitment: bigint): Place | null {
    const index = this.search(bigIntToBytes(commitment));
    if (index === null) return null;
    const place = this.placeAt(index);
    insist(rootOver(commitment, place) === this.root, "nodes do not hash to the root");
    return place;
  }

  /** How many leaves of this roll the earlier one does not have. */
  newSince(earlier: RollFile): number {
    let known = 0;
    for (let here = 0, there = 0; here < this.size && there < earlier.size; ) {
      const order = compare(this.node(0, here), earlier.node(0, there));
      if (order === 0) known += 1;
      if (order <= 0) here += 1;
      if (order >= 0) there += 1;
    }
    return this.size - known;
  }

  private placeAt(index: number): Place {
    const siblings: bigint[] = [];
    let pathIndex = 0;
    for (let level = 0, at = index; level < this.sizes.length - 1; level += 1, at >>= 1) {
      const sibling = at ^ 1;
      if (sibling >= (this.sizes[level] ?? 0)) continue;
      pathIndex += (at & 1) * 2 ** siblings.length;
      siblings.push(bytesToBigInt(this.node(level, sibling)));
    }
    return { index, pathIndex, siblings };
  }

  private search(wanted: Uint8Array): number | null {
    let low = 0;
    let high = this.size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const order = compare(this.node(0, middle), wanted);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  }

  private node(level: number, index: number): Uint8Array {
    const before = this.sizes.slice(0, level).reduce((sum, size) => sum + size, 0);
    return this.nodes.subarray((before + index) * NODE, (before + index + 1) * NODE);
  }

  private insistLeavesAscend(): void {
    let previous = new Uint8Array(NODE);
    for (let index = 0; index < this.size; index += 1) {
      const leaf = this.node(0, index);
      insist(compare(previous, leaf) < 0, "leaves not ascending");
      previous = leaf as Uint8Array<ArrayBuffer>;
    }
    insist(bytesToBigInt(previous) < FIELD_ORDER, "leaf out of range");
  }
}

function rootOver(leaf: bigint, place: Place): bigint {
  return place.siblings.reduce(
    (node, sibling, level) => (Math.floor(place.pathIndex / 2 ** level) % 2 === 1 ? poseidon2([sibling, node]) : poseidon2([node, sibling])),
    leaf,
  );
}

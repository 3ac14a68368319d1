import { crc32, deflateSync } from 'node:zlib'

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

interface Options {
  readonly width?: number
  readonly height?: number
  /** 6: with transparency, 2: without. */
  readonly colour?: 2 | 6
  /** Rows that the head promises and the pixels lack. */
  readonly lie?: number
}

/** A picture with one dark stroke on nothing, for tests. */
export function drawnPng({ width = 200, height = 80, colour = 6, lie = 0 }: Options = {}): Buffer {
  const channels = colour === 6 ? 4 : 3
  const pixels = Buffer.alloc((1 + width * channels) * height)
  for (let x = 0; x < width; x++) {
    const at = (1 + width * channels) * Math.floor((x / width) * height) + 1 + x * channels
    pixels.fill(colour === 6 ? 0xff : 0x20, at + channels - 1, at + channels)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height + lie, 4)
  head.set([8, colour, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))])
}

import { gunzipSync } from 'node:zlib';

/**
 * Parquet files as DuckDB 1.5.6 writes them, of these rows:
 *
 *     select * from (values
 *      ('007', date '2024-01-31', 12.50::decimal(9,2), 9007199254740991::bigint, timestamp '2024-01-31 23:59:59.999999',
 *       timestamptz '2024-01-31 20:00:00+00', '123e4567-e89b-12d3-a456-426614174000'::uuid, true, 1.5::float,
 *       -12345678901234567890.5::decimal(38,1), 'web'),
 *      ('王小明', date '1969-12-31', -3.10, -5, timestamp '1969-12-31 00:01:00', timestamptz '1969-12-31 23:59:59+00',
 *       null, null, null, null, 'app'),
 *      ('007', date '2024-02-29', 0.01, null, null, timestamptz '2024-07-01 12:00:00+00',
 *       'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid, false, 0.25::float, 0.5, 'web')
 *     ) v(id, day, total, big, moment, instant, guid, flag, ratio, wide, channel)
 *
 * `zstd` and `lz4` are of version 1, `version2` of version 2 (delta and byte stream split encodings), `nested` has a list
 * column beside the id.
 */
const FILES = {
  zstd: 'H4sIAAAAAAACA41TXWgcVRT+5u7sZBJi2Sw917u62K10ximNcfOwaQNDmsR0EUlLCFJKKdrZn2ym3WyWZjdBkFKkT7VURZGC+OarxT6IUlLMW1F8EEShr6VppVVooS9FdOTe2RnjpFgvw517z3zf+Zlzvrmp+VECTdMbw2QQyCADcL565c/C7n4NDIChpQAUi/v7Ady99N7ml+/fuXypZyPQHhpLUrMfokfdexgIgiAoHwaehr2lA9//FQQaFPYUlZPY0s/AB7sBTKUQ7MIfQbgYJjMvFpnizG7j/A58E3G+LX1RzhjAS+ub9wMZKaS5dCRJe+FhlBaKd+dfzRjYuP5ARUNm39GRvCFTvKDRfJJ4KK1hQ8VLIztxqPHrp9mfPj86vbDz2UkEDFNfz5zUCTRLI0mm3QUme0wtSu04HUjiXv4MWOzhNg4C5yY0HFDgCxq9vi2fTeByDx08PnL15Nkfv/voBtKpDLJX9z2nEWiMXkuynr+JLc1fq1fky2u3ezdiuR9KEM/UutXTtcpbK9XF+pJHHDRoMcH8mgUQs5hI1by3rcHwnO4sd7ymNUA6ZYdPyF32WZeoit+w9oRnY2l5qd7qWDtnL2bzw0CE6fNbKx0v/DAUfdhBBWJCb3T9WvM3NTUWE/pC02uATBnyjNfxl2Pcml+rWwPEaHb4hNwlQybcV130Wq160wK4kcvn1m3kaTBHyMlaaJAbvMZXbdMV/fH8i1SxuJ/DSViGhgBIOlN0Wb/il/kx+6wrdKkDocsx4nC23BK88F/FzF80V+hSHkKXApHUf24xVQ9DVvyGIl7U+KJ9hbnCDFWyC8KMFMOZ8wRrwlOvFZGzlv1JSjrraUiYkYqUs23WhLOof8rbm7xtn9ddYUZaEmakLg7nCdbY2Q7lTHVcebqi8VX7ke6KTJBYIpNUH2fO/0DFoRCGktOkQrX4nH0v7QpNE5r0pd4x2gz7pgZOwd/hx+1rhit0YOOg3M9NcOZsuSVrktMZ1dSyP+5zRQb/Xum4yljHsqano+JQ4VBH866iHeOn7HdNV6TW6hWR8tptDic+KyI/P8AN2+S3TTjOTLd6ema6sFo/s+IvtwqroyOlkbGCU+n6zVqhODZerY4vjFdKe3PreeC/H5R1YG5qfvRvg8eXG4QGAAA=',
  lz4: 'H4sIAAAAAAACA41TT2gUVxj/zezs7CSNYbP4vb6FBdeSmY4YwgaaSGRImpjuQaKEHIJIqJn9k800m81iNgmC2BxCD22whUIt9OKhV6W99FBSzElRPAjeeixoBD3kFBChU9+bnXFd17aPZfa9b36/3/e++X7fzMTsEIEmKT9AOoF00oGDlApAV2IAcrlTXQD2r3/z5Jdvn/54vRkjUD/ZrZxYwDlxDvB938+fA94L+ksDHvzt+wok6Av6pAX05XEAEzEo+KDPV3DzGF75wZLQ052hB4p/Z/hWPqkDH+8+eR6gHRrrkB25/dkzSR17fxy8vsEWkifnBjO6uMjXCk2/Ix8X8odqauyzyrOfUo9/nptcPPrhp/AVzIS3mqaPOtISMwCgEOgi9XdEHFnYGwe2xoLkk52Tp3wFN16e/3Xh2qP7398bhFSNE2iERloYj950bbNcSOCmW683D6SmHw6DHymtF5dLhUtrxaXyiksM1GOqXPVKJkCqqfJYyb1i9gT7eGO14VbNbtIoNTAvnqJbmkAVvIrZH+z1ldWVcq1hHp3eSWUGxMWCeMKrrTXc4EVf+KKXsqRyrbLulaovZO9NlWuLVbcCMkTKy27DW41wm16pbHaTStMD8+IpGOLCieKSW6uVqybA9HQmvWshQz1pQlrUQr1MZyW2ZBkO74p8y2O53CkGuy3S1wdA0FVJF/VLfp6dteoO14SNuSbazGC3nNp4wbeKmL8rDteEybkmbC6ob04RVQtSFryKJO4obM7aVh1uBG4/Bm6Ezmeq3SHaptRsRSg2b/0pxZpjwY1wMKTYO9E2sbB/Uu1ztmD9FnO4Ec4KN8TwND9Lh2gk1ivFZMel0m2F1a0fNIcn/bbFk+0TxlT7f6CiVAhSCTfJVDU2ZX0Vd7iicEVoyf8IbQR9k4aT8Kssbz2IO1wD9sbFc2uMqXbLqb0m4c6wpkXrO93hSby94lGV0fCKmv4bFaUKTB36XWa7wC5Yh7rDY5vlAo+59TqDHe0lkW13M90y2N0EbHtqvbg8NZndKF9e81Zr2Y2hweHBkaxdWPeqpWxuZLRYHF0cLQyfSO9mgH//Ia8BMxOzQ/8AUidiKzUGAAA=',
  version2: 'H4sIAAAAAAACA52TXWgcVRTHz707O5ndbsruNud6J6x0lc444ho2JWlMGLZNSYsPaSlBgpSA7lc2SzebmGwShRAWH2rQsFYLJeibSt/6IfZFiG0oxWopUhoFnytVqX0oPlREzMqduzsZt6mKl8vM/Ti//7nnnnOPDY50I+CXFI8nUMUQqqgCfEx6KACopBrWfOoOBQIEQoG2TQJ3CLyQTPb9VHvn7sV3f1ytJZN9CHhRwwmBByW+qgxt4bcv0Y1LNAwRorz2QSS4SeDR/g0BBLzvx5c9Kg+pvaVybdcFvgPaifL6QHughR516DcJHvXQg/wpABj0wTyBjmpYo5t1Pzmw+62q0+LQaBIceQxYkuC5je/eW1b//OHmb9+fWVY96LVO/JV42I/aX9o6cnX98/P3Ti2r9a8+u0A0pQf2Euh4MXS68/rVvbtg23v4f/2ME//bRKYQ5FEOyTD8IozFaOpQ4ecPoxufjB4c73jiANRbGgIOY8xDmx4aCAIex6fFdlRuP9/cPkkgtF7dn5L+U4/xD/UAif9+9NNXl259ffr6QBeAHwEHsMdTck8mPBUHERJfyGfS09ML+Qwq+s1e4O25ueyJXOaV2exEfjKNDDBkUE6LOQMAqUG5L5d+wwjJsb8yVUmXjCAqGE2Mia9ImCKsMsWCsUeO1cmpyXy5YnQMr0RjCZlUsd5WLM9W0nIj0tzYiXGkXCnMFXOl+076DcqV8VK6AKgJlzPpSnHKtVso5vJGECkOJ8bEVxDiwG3ZiXS5nC8ZAEzVY/qaCTEM6RjSRSxImcruUbZkajYPuK+M+5LJPgZWy0okAgCCpzoGdecCHIFvNbZCzJPE5srhIwBcETlmYHlmLai8Lwc+pbJF831qc+WOIqxvbEp2a+ayinSbKRYc8ixhM2bNZ3NNVtVu4NofjQpj1NpmtUWpkY+m2LxZVYTYld5zh8MqcA2eWbv7S1PskdUWsWYS5ZV2slVqPhRyEH5utCsmwPUvHtQbN7PNqiu3U0fQZeIdrfOELZm1NpuHW58RD7c+NEat/2DlugLpShSV46rMUuaKZnNCOBFazt+11nSM6o26c8wX2ZB5Q7O5ArC+X3yrKUYtz6w1JlGkzZgyZi1g8zD8vfndKN33K2L6dyvXlaztZtk73sbYqPkgYHPfQj7DfenpaQaWO3ZAdraHqabGLgfBsobmsieGDsbn8zOzxalyfL67q7drX9zKzBVLuXhyX3822z/en+l9Vl+LAfxzhyMKwLHBke6/APOU5Hf4BgAA',
  nested: 'H4sIAAAAAAACA6WPTUrDUBSFz3sNzxYq0sF9vEAGQUiIEEoySNtAJwldQOlYEPMjhqYVbNNNCHXqCjrOQroNdRuSaEU69Q4u3APfOffMo4VPoJhilwSBBAmAAxCsA8Dzxj0An/uX9/r1423/oxHowOjAzhlEAKIr/G8Yvu2I67cB1GVWpcssudukj/nqnjRQ3+KKF5kFBFxpZbHZEieBQDsdIG5xdZGX+Spfb61rSKEbumvDoL5O0BuaIIXMZGZ3p6r3W1B1PG8s4ZwpgwGABucNPmlj2nXKaN2OTB6ZXU6V1ryvtKaI5M6fq/WRNZfC7sqaw3FmVbqcxeYuf94UT2tz5w+D4ch0kqooM9MbhWkaPoRJcKO7BmA0NAPm0cL/AofHlo66AQAA',
} as const;

/** One of the files. */
export function duckdbFile(name: keyof typeof FILES): Uint8Array {
  return gunzipSync(Buffer.from(FILES[name], 'base64'));
}

using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ApproxCluster.Storage;

/// <summary>Makes the JSON again that <see cref="PackedWriter"/> packed.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> packed, JournalWords words, IBufferWriter<byte> json)
{
    private ReadOnlySpan<byte> rest = packed;

    public readonly bool IsAtEnd => rest.IsEmpty;

    /// <summary>Passes a byte if it comes next.</summary>
    public bool Skip(byte token)
    {
        var isThere = !rest.IsEmpty && rest[0] == token;
        rest = isThere ? rest[1..] : rest;
        return isThere;
    }

    /// <summary>Writes the next value.</summary>
    public void Value()
    {
        var token = Next();
        switch (token)
        {
            case <= PackedToken.LastSmall:
                Put((long)token);
                break;
            case >= PackedToken.ShortShape:
                Shape(token - PackedToken.ShortShape);
                break;
            case >= PackedToken.ShortWord:
                Quoted(words[token - PackedToken.ShortWord]);
                break;
            case >= PackedToken.ShortList:
                List(token - PackedToken.ShortList);
                break;
            default:
                Long(token);
                break;
        }
    }

    private void Long(byte token)
    {
        switch (token)
        {
            case PackedToken.Null:
                json.Write("null"u8);
                break;
            case PackedToken.False:
                json.Write("false"u8);
                break;
            case PackedToken.True:
                json.Write("true"u8);
                break;
            case PackedToken.Whole:
                Put((long)Varint() + PackedToken.LastSmall + 1);
                break;
            case PackedToken.Negative:
                Put(~(long)Varint());
                break;
            case PackedToken.Real:
                Put(BitConverter.UInt64BitsToDouble(Eight()));
                break;
            case PackedToken.Decimal:
                var mantissa = Signed();
                Put(Decimals.Join(mantissa, (sbyte)Next()));
                break;
            case PackedToken.WholeReal:
                Put(Signed());
                json.Write(".0"u8);
                break;
            case PackedToken.NumberText:
                json.Write(Take(Varint()));
                break;
            case PackedToken.Digits:
                json.Write("\""u8);
                Put(Eight());
                json.Write("\""u8);
                break;
            case PackedToken.Text:
                json.Write("\""u8);
                json.Write(Take(Varint()));
                json.Write("\""u8);
                break;
            case PackedToken.Word:
                Quoted(words[(int)Varint()]);
                break;
            case PackedToken.List:
                List((int)Varint());
                break;
            case PackedToken.Object:
                Object((int)Varint());
                break;
            case PackedToken.Shape:
                Shape((int)Varint());
                break;
            default:
                throw new InvalidDataException(FormattableString.Invariant($"A value begins with byte {token}, which version 1 does not have."));
        }
    }

    private void List(int count)
    {
        json.Write("["u8);
        for (var index = 0; index < count; index++)
        {
            json.Write(index == 0 ? ""u8 : ","u8);
            Value();
        }

        json.Write("]"u8);
    }

    private void Object(int count)
    {
        json.Write("{"u8);
        for (var index = 0; index < count; index++)
        {
            json.Write(index == 0 ? ""u8 : ","u8);
            Value();
            json.Write(":"u8);
            Value();
        }

        json.Write("}"u8);
    }

    private void Shape(int number)
    {
        json.Write("{"u8);
        var keys = new Utf8JsonReader(Encoding.UTF8.GetBytes(words[number]));
        var isFirst = true;
        keys.Read();
        while (keys.Read() && keys.TokenType == JsonTokenType.String)
        {
            json.Write(isFirst ? "\""u8 : ",\""u8);
            json.Write(keys.ValueSpan);
            json.Write("\":"u8);
            Value();
            isFirst = false;
        }

        json.Write("}"u8);
    }

    private readonly void Quoted(string text)
    {
        json.Write("\""u8);
        Encoding.UTF8.GetBytes(text, json);
        json.Write("\""u8);
    }

    private readonly void Put<T>(T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(json.GetSpan(40), out var length, default, CultureInfo.InvariantCulture);
        json.Advance(length);
    }

    private long Signed()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = Next();
            value |= (ulong)(next & 0x7F) << shift;
            if (next <= 0x7F)
            {
                return value;
            }
        }
    }

    private ulong Eight() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    private byte Next() => Take(1)[0];

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)rest.Length)
        {
            throw new InvalidDataException(FormattableString.Invariant($"The block ends {length - (ulong)rest.Length} bytes early."));
        }

        var taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }
}

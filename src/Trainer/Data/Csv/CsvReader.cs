using System.Text;

namespace ApproxCluster.Trainer;

/// <summary>
/// Reads CSV records (RFC 4180) in UTF-8: fields may be quoted, then hold delimiters, line breaks and doubled quotes; lines end with CRLF,
/// LF or CR; empty lines are skipped. A quote within an unquoted field is a letter like any other. Faults of form are
/// <see cref="TargetException"/>s with <c>file:line:column</c>, the column in characters, both from 1.
/// </summary>
internal sealed class CsvReader : IDisposable
{
    /// <summary>Longest file: 1 GiB.</summary>
    public const long MaximumBytes = 1L << 30;

    /// <summary>Most fields of a record.</summary>
    public const int MaximumFields = 10_000;

    /// <summary>Most characters of a record, so that a quote left open cannot swallow the file.</summary>
    public const int MaximumRecord = 1 << 20;

    private const int End = -1;

    private readonly string path;
    private readonly char delimiter;
    private readonly StreamReader reader;
    private readonly char[] buffer = new char[1 << 16];
    private readonly StringBuilder text = new();
    private readonly List<(int End, int Line, int Column)> fields = [];
    private string record = "";
    private int filled;
    private int next;
    private int line = 1;
    private int column = 1;

    /// <summary>Opens a file.</summary>
    public CsvReader(string path, char delimiter)
        : this(Open(path), path, delimiter)
    {
    }

    /// <summary>Reads a stream, which is disposed with the reader.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="delimiter">What separates fields.</param>
    public CsvReader(Stream stream, string path, char delimiter)
    {
        (this.path, this.delimiter) = (path, delimiter);
        reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
    }

    /// <summary>Fields of the present record.</summary>
    public int FieldCount => fields.Count;

    /// <summary>Text of a field without its quotes.</summary>
    public ReadOnlySpan<char> Field(int number) => record.AsSpan(Start(number), fields[number].End - Start(number));

    /// <summary>Where a field begins, as <c>file:line:column</c>.</summary>
    public string Place(int number) => $"{path}:{fields[number].Line}:{fields[number].Column}";

    /// <summary>Goes on to the next record; false at the end of the file.</summary>
    public bool Read()
    {
        do
        {
            text.Clear();
            fields.Clear();
            if (Peek() == End)
            {
                return false;
            }

            ReadFields();
        }
        while (fields.Count == 1 && text.Length == 0);

        record = text.ToString();
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => reader.Dispose();

    private static FileStream Open(string path)
    {
        var file = DataFile.Open(path);
        if (file.Length > MaximumBytes)
        {
            var length = file.Length;
            file.Dispose();
            throw new TargetException($"{path}: its size is {length} bytes, but must be at most {MaximumBytes}. Use a smaller file.");
        }

        return file;
    }

    private int Start(int number) => number == 0 ? 0 : fields[number - 1].End;

    private void ReadFields()
    {
        while (true)
        {
            var (startLine, startColumn) = (line, column);
            if (Peek() == '"')
            {
                ReadQuoted(startLine, startColumn);
            }
            else
            {
                ReadPlain(startLine, startColumn);
            }

            fields.Add((text.Length, startLine, startColumn));
            if (fields.Count > MaximumFields)
            {
                throw new TargetException($"{path}:{startLine}:{startColumn}: the row has more than {MaximumFields} fields, but must have at most that. "
                    + "Use fewer columns.");
            }

            if (Peek() != delimiter)
            {
                break;
            }

            Take();
        }

        if (Peek() == '\r')
        {
            Take();
        }

        if (Peek() == '\n')
        {
            Take();
        }
    }

    private void ReadPlain(int startLine, int startColumn)
    {
        while (Peek() is var letter && letter != End && letter != delimiter && letter is not ('\r' or '\n'))
        {
            Append((char)letter, startLine, startColumn);
            Take();
        }
    }

    private void ReadQuoted(int startLine, int startColumn)
    {
        Take();
        while (true)
        {
            var letter = Take();
            if (letter == End)
            {
                throw Unclosed(startLine, startColumn);
            }

            if (letter != '"')
            {
                Append((char)letter, startLine, startColumn);
            }
            else if (Peek() == '"')
            {
                Append('"', startLine, startColumn);
                Take();
            }
            else
            {
                break;
            }
        }

        if (Peek() is var after && after != End && after != delimiter && after is not ('\r' or '\n'))
        {
            throw new TargetException($"{path}:{line}:{column}: '{(char)after}' follows a closing quote, but a delimiter or the end of the line must. "
                + "Double the quotes within a quoted field.");
        }
    }

    private void Append(char letter, int startLine, int startColumn)
    {
        if (text.Length >= MaximumRecord)
        {
            throw new TargetException($"{path}:{startLine}:{startColumn}: the row has more than {MaximumRecord} characters, but must have at most that. "
                + "Look for a quote that is not closed.");
        }

        text.Append(letter);
    }

    private TargetException Unclosed(int startLine, int startColumn) =>
        new($"{path}:{startLine}:{startColumn}: a quote is opened here and not closed before the end of the file, but must be. Close it.");

    private int Peek()
    {
        if (next == filled)
        {
            (next, filled) = (0, Fill());
        }

        return filled == 0 ? End : buffer[next];
    }

    private int Take()
    {
        var letter = Peek();
        if (letter == End)
        {
            return End;
        }

        next++;
        column++;
        if (letter == '\n' || (letter == '\r' && Peek() != '\n'))
        {
            (line, column) = (line + 1, 1);
        }

        return letter;
    }

    private int Fill()
    {
        try
        {
            return reader.Read(buffer, 0, buffer.Length);
        }
        catch (DecoderFallbackException fault)
        {
            throw new TargetException($"{path}: some bytes after line {line} are not UTF-8, but must be. Save the file as UTF-8.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TargetException(DataFile.Explain(path, fault), fault);
        }
    }
}

using System.Buffers;
using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace Shop.Local.Sandboxes;

/// <summary>Everything a sandbox knows, in the order it came to be. Times are Unix seconds.</summary>
internal abstract class SandboxState
{
    /// <summary>Which line of all it is.</summary>
    private const string Number = "line";

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> BooksOf = new();

    public string Seed { get; set; } = RandomNumberGenerator.GetHexString(32);

    /// <summary>Which log goes on from this state; the ones before are in it.</summary>
    public int Log { get; set; }

    /// <summary>How many lines of the logs are in this state: the log that goes on from it may begin with some of them.</summary>
    public long Lines { get; set; }

    /// <summary>How many ids of each prefix were given out, so that a restart does not give them again.</summary>
    public Book<long> Counters { get; init; } = [];

    public Book<SandboxEvent> Events { get; init; } = [];

    /// <summary>What was touched since the last time, as a line of the log; empty when nothing was.</summary>
    public byte[] TakeTouched()
    {
        var touched = Books().Where(part => part.Book.HasTouched).ToList();
        if (touched.Count == 0) return [];
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber(Number, ++Lines);
            foreach (var (name, book) in touched)
            {
                json.WritePropertyName(name);
                book.WriteTouched(json);
            }

            json.WriteEndObject();
        }

        line.Write("\n"u8);
        return line.WrittenSpan.ToArray();
    }

    /// <summary>Does again what a line says, unless it is done.</summary>
    /// <exception cref="JsonException">It is no line of this state's log.</exception>
    public void Apply(ReadOnlyMemory<byte> line)
    {
        using var parts = JsonDocument.Parse(line);
        if (parts.RootElement.TryGetProperty(Number, out var number))
        {
            if (number.GetInt64() <= Lines) return;
            Lines = number.GetInt64();
        }

        foreach (var (name, book) in Books())
        {
            if (parts.RootElement.TryGetProperty(name, out var touched)) book.Apply(touched);
        }
    }

    private IEnumerable<(string Name, IBook Book)> Books() =>
        BooksOf.GetOrAdd(GetType(), static type => [.. type.GetProperties().Where(property => property.PropertyType.IsAssignableTo(typeof(IBook)))])
            .Select(property => (property.Name, (IBook)property.GetValue(this)!));
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Local.Sandboxes;

/// <summary>
/// A part of a sandbox's state, by id, in the order in which it came to be. Whatever is looked up by its id or taken may be changed
/// by who has it, and so counts as touched; <see cref="Values"/> and <see cref="Look"/> are for looking only.
/// </summary>
[JsonConverter(typeof(BookConverter))]
internal sealed class Book<T> : IBook, IEnumerable<KeyValuePair<string, T>>
    where T : notnull
{
    private readonly OrderedDictionary<string, T> _entries = [];
    private readonly OrderedDictionary<string, bool> _touched = [];

    public IReadOnlyCollection<T> Values => _entries.Values;

    public bool HasTouched => _touched.Count > 0;

    public T this[string id]
    {
        get
        {
            Touch(id);
            return _entries[id];
        }

        set
        {
            Touch(id);
            _entries[id] = value;
        }
    }

    /// <summary>For looking only: what is changed of it is not stored.</summary>
    public T Look(string id) => _entries[id];

    /// <summary>Who holds this entry is about to change it.</summary>
    public void Touch(string id) => _touched[id] = true;

    public void Add(string id, T entry)
    {
        _entries.Add(id, entry);
        Touch(id);
    }

    public bool ContainsKey(string id) => _entries.ContainsKey(id);

    public bool TryGetValue(string id, [MaybeNullWhen(false)] out T entry)
    {
        if (!_entries.TryGetValue(id, out entry)) return false;
        Touch(id);
        return true;
    }

    public T? GetValueOrDefault(string id) => TryGetValue(id, out var entry) ? entry : default;

    /// <summary>Those that are about to be changed.</summary>
    public List<T> Take(Func<T, bool> which)
    {
        var taken = _entries.Where(entry => which(entry.Value)).ToList();
        foreach (var entry in taken) Touch(entry.Key);
        return [.. taken.Select(entry => entry.Value)];
    }

    /// <summary>Removes those that are over.</summary>
    public void Prune(Func<T, bool> which)
    {
        foreach (var (id, _) in _entries.Where(entry => which(entry.Value)).ToList())
        {
            Touch(id);
            _entries.Remove(id);
        }
    }

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void WriteTouched(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var id in _touched.Keys)
        {
            json.WritePropertyName(id);
            if (_entries.TryGetValue(id, out var entry)) JsonSerializer.Serialize(json, entry, StateLog.Json);
            else json.WriteNullValue();
        }

        json.WriteEndObject();
        _touched.Clear();
    }

    public void Apply(JsonElement touched)
    {
        foreach (var entry in touched.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Null) _entries.Remove(entry.Name);
            else _entries[entry.Name] = entry.Value.Deserialize<T>(StateLog.Json)!;
        }
    }
}

/// <summary>A book on disk is an object.</summary>
internal sealed class BookConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Book<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<Book<T>>
        where T : notnull
    {
        public override Book<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var whole = JsonDocument.ParseValue(ref reader);
            var book = new Book<T>();
            book.Apply(whole.RootElement);
            return book;
        }

        public override void Write(Utf8JsonWriter writer, Book<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (id, entry) in value)
            {
                writer.WritePropertyName(id);
                JsonSerializer.Serialize(writer, entry, options);
            }

            writer.WriteEndObject();
        }
    }
}

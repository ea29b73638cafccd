using System.Text.Json;

namespace Shop.Local.Sandboxes;

/// <summary>What a log needs of a book, whatever stands in it.</summary>
internal interface IBook
{
    bool HasTouched { get; }

    /// <summary>Writes what was touched since the last time as an object: by id how it is now, or null where it is gone.</summary>
    void WriteTouched(Utf8JsonWriter json);

    /// <summary>Does again what was written.</summary>
    void Apply(JsonElement touched);
}

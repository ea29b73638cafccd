using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe;

/// <summary>A reference that Stripe sends as an id, or as the whole object when asked to expand it.</summary>
public interface IExpandableField
{
    string Id { get; set; }
    object ExpandedObject { get; set; }
    bool IsExpanded { get; }
}

/// <inheritdoc cref="IExpandableField"/>
public interface IExpandableField<T> : IExpandableField
    where T : IHasId
{
    new T ExpandedObject { get; set; }
}

/// <inheritdoc cref="IExpandableField"/>
[JsonConverter(typeof(ExpandableConverterFactory))]
public class ExpandableField<T> : IExpandableField<T>
    where T : IHasId
{
    private string id;

    /// <summary>The expanded object's id if there is one, else the id as sent.</summary>
    /// <exception cref="InvalidOperationException">On setting it while an expanded object is held.</exception>
    public string Id
    {
        get => ExpandedObject?.Id ?? id;
        set => id = ExpandedObject is null
            ? value
            : throw new InvalidOperationException("The id belongs to the expanded object and cannot be set beside it.");
    }

    public T ExpandedObject { get; set; }

    object IExpandableField.ExpandedObject
    {
        get => ExpandedObject;
        set => ExpandedObject = (T)value;
    }

    bool IExpandableField.IsExpanded => ExpandedObject is not null;
}

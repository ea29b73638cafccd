using System.Collections;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker.Converters;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settings of the worker as a whole.</summary>
public class WorkerOptions
{
    /// <summary>Reads and writes JSON; if none is set, System.Text.Json with property names in any case.</summary>
    public ObjectSerializer? Serializer { get; set; }

    /// <summary>Tried in order until one handles the value.</summary>
    public InputConverterCollection InputConverters { get; } = new();

    /// <summary>What the worker tells a Functions host that it can do.</summary>
    public IDictionary<string, string> Capabilities { get; } = new Dictionary<string, string>
    {
        ["HandlesWorkerTerminateMessage"] = bool.TrueString,
        ["HandlesInvocationCancelMessage"] = bool.TrueString,
        [nameof(IncludeEmptyEntriesInMessagePayload)] = bool.TrueString,
        ["EnableUserCodeException"] = bool.TrueString,
    };

    [Obsolete("True unless set otherwise, and nobody sets it.")]
    public bool EnableUserCodeException
    {
        get => Has("EnableUserCodeException");
        set => Declare("EnableUserCodeException", value);
    }

    public bool IncludeEmptyEntriesInMessagePayload
    {
        get => Has(nameof(IncludeEmptyEntriesInMessagePayload));
        set => Declare(nameof(IncludeEmptyEntriesInMessagePayload), value);
    }

    private bool Has(string capability) =>
        Capabilities.TryGetValue(capability, out var text) && bool.TryParse(text, out var value) && value;

    // A host takes the mere presence of some of them for yes, so no is said by leaving them out.
    private void Declare(string capability, bool value)
    {
        if (value)
        {
            Capabilities[capability] = bool.TrueString;
        }
        else
        {
            Capabilities.Remove(capability);
        }
    }
}

/// <summary>Types of input converters, in the order in which they are tried.</summary>
public sealed class InputConverterCollection : IEnumerable<Type>
{
    private readonly List<Type> _types = [];

    public void Register<T>() where T : IInputConverter => _types.Add(typeof(T));

    public void RegisterAt<T>(int index) where T : IInputConverter => _types.Insert(index, typeof(T));

    public void Clear() => _types.Clear();

    public IEnumerator<Type> GetEnumerator() => _types.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

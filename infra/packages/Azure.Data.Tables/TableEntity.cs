using System.Collections;

namespace Azure.Data.Tables;

/// <summary>A row as a dictionary of its properties, keys, version and time stamp included.</summary>
public sealed class TableEntity : ITableEntity, IDictionary<string, object>
{
    internal const string EtagName = "odata.etag";

    private readonly Dictionary<string, object> _properties;

    public TableEntity()
        : this(null)
    {
    }

    public TableEntity(string partitionKey, string rowKey)
        : this(null)
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    public TableEntity(IDictionary<string, object> values) => _properties = values is null ? [] : new(values);

    public string PartitionKey
    {
        get => GetString(nameof(PartitionKey));
        set => _properties[nameof(PartitionKey)] = value;
    }

    public string RowKey
    {
        get => GetString(nameof(RowKey));
        set => _properties[nameof(RowKey)] = value;
    }

    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(nameof(Timestamp));
        set => _properties[nameof(Timestamp)] = value;
    }

    public ETag ETag
    {
        get => new(GetString(EtagName));
        set => _properties[EtagName] = value.ToString();
    }

    public int Count => _properties.Count;

    public ICollection<string> Keys => _properties.Keys;

    ICollection<object> IDictionary<string, object>.Values => _properties.Values;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    /// <summary>A missing property reads as null. An int put where a long or double was keeps that type.</summary>
    public object this[string key]
    {
        get => Find(key);
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(key);
            _properties[key] = value is not null && _properties.TryGetValue(key, out var current) ? Coerce(current, value) : value;
        }
    }

    public string GetString(string key) => (string)Typed<string>(key);

    public byte[] GetBinary(string key) => (byte[])Typed<byte[]>(key);

    public BinaryData GetBinaryData(string key) =>
        Find(key) is byte[] bytes ? new BinaryData(bytes) : (BinaryData)Typed<BinaryData>(key);

    public bool? GetBoolean(string key) => (bool?)Typed<bool>(key);

    public int? GetInt32(string key) => (int?)Typed<int>(key);

    public long? GetInt64(string key) => (long?)Typed<long>(key);

    public double? GetDouble(string key) => (double?)Typed<double>(key);

    public Guid? GetGuid(string key) => (Guid?)Typed<Guid>(key);

    public DateTime? GetDateTime(string key) =>
        Find(key) is DateTimeOffset time ? time.UtcDateTime : (DateTime?)Typed<DateTime>(key);

    public DateTimeOffset? GetDateTimeOffset(string key) =>
        Find(key) is DateTime time ? new DateTimeOffset(time) : (DateTimeOffset?)Typed<DateTimeOffset>(key);

    public void Add(string key, object value) => this[key] = value;

    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    public bool TryGetValue(string key, out object value) => _properties.TryGetValue(key, out value);

    public bool Remove(string key) => _properties.Remove(key);

    public void Clear() => _properties.Clear();

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => this[item.Key] = item.Value;

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) =>
        ((ICollection<KeyValuePair<string, object>>)_properties).Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object>>)_properties).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) =>
        ((ICollection<KeyValuePair<string, object>>)_properties).Remove(item);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _properties.GetEnumerator();

    private object Find(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return _properties.GetValueOrDefault(key);
    }

    private object Typed<T>(string key)
    {
        var value = Find(key);
        if (value is null or T) return value;
        throw new InvalidOperationException($"Property '{key}' holds a {value.GetType()}, not a {typeof(T)}.");
    }

    private static object Coerce(object current, object value) => (current, value) switch
    {
        (double, int number) => (double)number,
        (long, int number) => (long)number,
        (string, DateTime or DateTimeOffset) => value.ToString(),
        _ => value,
    };
}

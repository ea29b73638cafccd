using System.ComponentModel;
using System.Net;

namespace Azure.Storage.Sas;

/// <summary>One IPv4 address or a range of them, written <c>start-end</c>.</summary>
public readonly struct SasIPRange : IEquatable<SasIPRange>
{
    public SasIPRange(IPAddress start, IPAddress end = null)
    {
        Start = start ?? IPAddress.None;
        End = end ?? IPAddress.None;
    }

    public IPAddress Start => field ?? IPAddress.None;

    public IPAddress End => field ?? IPAddress.None;

    public static SasIPRange Parse(string s)
    {
        var dash = s.IndexOf('-', StringComparison.Ordinal);
        return dash < 0
            ? new SasIPRange(IPAddress.Parse(s))
            : new SasIPRange(IPAddress.Parse(s.AsSpan(0, dash)), IPAddress.Parse(s.AsSpan(dash + 1)));
    }

    public bool Equals(SasIPRange other) => Start.Equals(other.Start) && End.Equals(other.End);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object obj) => obj is SasIPRange other && Equals(other);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => HashCode.Combine(Start, End);

    public override string ToString() =>
        Start.Equals(IPAddress.None) ? string.Empty : End.Equals(IPAddress.None) ? Start.ToString() : $"{Start}-{End}";

    public static bool operator ==(SasIPRange left, SasIPRange right) => left.Equals(right);

    public static bool operator !=(SasIPRange left, SasIPRange right) => !left.Equals(right);
}

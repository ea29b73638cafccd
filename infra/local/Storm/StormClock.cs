using System.Buffers.Binary;

namespace Shop.Local.Storm;

/// <summary>The time in the shop: the machine's, and how far ahead of it the storm has moved it.</summary>
/// <param name="file">Where the shop keeps that, also while it is dead (<see cref="MovableClock.Share"/>).</param>
public sealed class StormClock(string file)
{
    public string File => file;

    public TimeSpan Ahead
    {
        get
        {
            var ticks = new byte[sizeof(long)];
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            stream.ReadExactly(ticks);
            return new(BinaryPrimitives.ReadInt64LittleEndian(ticks));
        }
    }

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow() + Ahead;

    /// <summary>Storage follows the file from its own start, which is before the shop's.</summary>
    public void Begin()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllBytes(file, new byte[sizeof(long)]);
    }
}

using System.Collections.Concurrent;

namespace SampleApp;

/// <summary>What the queue function was given, with how often it was delivered.</summary>
internal sealed class ReceivedMessages : ConcurrentQueue<string>;

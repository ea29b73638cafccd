namespace Shop.Local.Host.Worker;

/// <summary>The worker ended while it was asked.</summary>
internal sealed class WorkerEndedException() : Exception("The app's process ended before it answered.");

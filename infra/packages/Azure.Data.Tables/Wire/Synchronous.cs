namespace Azure.Data.Tables.Wire;

internal static class Synchronous
{
    /// <summary>The result of work that was done without leaving the caller's thread.</summary>
    public static T EnsureCompleted<T>(this ValueTask<T> task) => task.GetAwaiter().GetResult();
}

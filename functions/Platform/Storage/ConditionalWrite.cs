using Azure;

namespace Shop.Functions.Platform.Storage;

/// <summary>A write that only counts while what it is about is as it was read.</summary>
public static class ConditionalWrite
{
    /// <returns>False when that has changed since, or is gone: nothing was written.</returns>
    public static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status is 412 or 404)
        {
            return false;
        }
    }
}

using Azure.Core;

namespace Azure.Data.Tables.Wire;

/// <summary>Which statuses are no error, per kind of call; also decides what is logged as one.</summary>
internal static class Statuses
{
    public static readonly ResponseClassifier Ok = new StatusCodeClassifier([200]);
    public static readonly ResponseClassifier OkOrNotFound = new StatusCodeClassifier([200, 404]);
    public static readonly ResponseClassifier Created = new StatusCodeClassifier([201, 204]);
    public static readonly ResponseClassifier CreatedOrConflict = new StatusCodeClassifier([201, 204, 409]);
    public static readonly ResponseClassifier NoContent = new StatusCodeClassifier([204]);
    public static readonly ResponseClassifier NoContentOrNotFound = new StatusCodeClassifier([204, 404]);
    public static readonly ResponseClassifier Accepted = new StatusCodeClassifier([202]);
}

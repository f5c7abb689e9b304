namespace Net.Cnm.Errors;

/// <summary>The kind of a failure. It determines the HTTP status code of the API and the exit code of the command line.</summary>
public enum CnmErrorKind
{
    /// <summary>The request is malformed or has an invalid value: HTTP 400.</summary>
    InvalidParameter,

    /// <summary>The object does not exist: HTTP 404.</summary>
    NotFound,

    /// <summary>The request conflicts with a name, an address, a port or a state in use: HTTP 409.</summary>
    Conflict,

    /// <summary>The request is valid but never allowed, such as the removal of a predefined network: HTTP 403.</summary>
    Forbidden,

    /// <summary>A resource that the operation needs is exhausted or missing, such as an address pool, a kernel feature or a helper program:
    /// HTTP 503.</summary>
    Unavailable,

    /// <summary>The feature is not implemented: HTTP 501.</summary>
    NotImplemented,

    /// <summary>The command of a container does not exist: HTTP 400, exit code 127.</summary>
    CommandNotFound,

    /// <summary>The command of a container exists but cannot be executed: HTTP 400, exit code 126.</summary>
    CommandNotExecutable,

    /// <summary>The kernel refused an operation unexpectedly, or this program has a defect: HTTP 500.</summary>
    Internal,
}

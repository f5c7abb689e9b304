namespace Net.Cnm.Errors;

/// <summary>The kind of a failure; one table turns it into an HTTP status and an exit code.</summary>
public enum CnmErrorKind
{
    /// <summary>The request itself is wrong: HTTP 400.</summary>
    InvalidParameter,

    /// <summary>No such object: HTTP 404.</summary>
    NotFound,

    /// <summary>A name, an address, a port or a state stands in the way: HTTP 409.</summary>
    Conflict,

    /// <summary>The request is understood and never allowed, such as removing a predefined network: HTTP 403.</summary>
    Forbidden,

    /// <summary>Something outside has run out or is not there: pools, kernel features, a helper program: HTTP 503.</summary>
    Unavailable,

    /// <summary>Not built: HTTP 501.</summary>
    NotImplemented,

    /// <summary>The command of a container does not exist: HTTP 400, exit code 127.</summary>
    CommandNotFound,

    /// <summary>The command of a container exists and cannot be run: HTTP 400, exit code 126.</summary>
    CommandNotExecutable,

    /// <summary>The kernel or this program failed: HTTP 500.</summary>
    Internal,
}

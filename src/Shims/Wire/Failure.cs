using Net.Cnm.Errors;

namespace Net.Shims.Wire;

/// <summary>A <see cref="CnmException"/> as it is sent from a shim to the daemon.</summary>
internal sealed record Failure(CnmErrorKind Kind, string Message);

namespace Net.Api.Containers;

/// <summary>The JSON object <c>{}</c>, which Docker uses as the value of a set's members.</summary>
public sealed record EmptyObject;

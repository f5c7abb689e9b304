namespace Net.Api.Containers;

/// <summary>The JSON object <c>{}</c>, which Docker uses as the value of every key of a set.</summary>
public sealed record EmptyObject;

namespace Net.Controller.Stores;

/// <summary>The content of the database is not what this program writes.</summary>
/// <param name="message">What is wrong with it.</param>
internal sealed class StoreDamageException(string message) : Exception(message);

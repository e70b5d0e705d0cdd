/**
 * A bank whose assistant may transfer money, raise a card's limit and close an account, each after
 * its user's approval: start at {@link com.example.bank.BankTools}. It knows Countersign's library
 * and nothing else of Countersign.
 */
package com.example.bank;

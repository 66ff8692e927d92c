/** What a user of the library would write, outside its packages. */
package com.example;
